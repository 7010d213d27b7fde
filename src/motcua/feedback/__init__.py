"""What people report, complain of, ask and rate (phản ánh, kiến nghị; đánh giá), seen through."""
