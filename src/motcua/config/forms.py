"""How every form field is drawn: one template, so label, hint and error look alike everywhere."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws fields with the component of web/ui."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
