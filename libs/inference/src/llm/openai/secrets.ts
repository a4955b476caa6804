/** Takes secrets out of texts: each becomes `***`, also as JSON or an address writes it. */
export function maskOf(secrets: readonly string[]): (text: string) => string {
  const written = secrets.flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)]);
  // The longest first: what is left of it after a shorter one may still tell something.
  const forms = [...new Set(written)].filter((one) => one !== '').sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((masked, form) => masked.replaceAll(form, '***'), text);
}
