"""E-mail by Django's backend: the real adapter, whatever server the installation names."""

from django.core.mail import EmailMessage

from motcua.notifications import ports


class Mail:
    """Sends plain text, one message to one address."""

    def send(self, *, to: str, subject: str, body: str) -> None:
        """Hand one message to the mail server.

        Raises OSError: the server does not answer or does not take it (every SMTP error is one).
        """
        EmailMessage(subject=" ".join(subject.split()), body=body, to=[to]).send()


ports.channels.register("email")(Mail())
