/** Where the buttons find the connector's own template: https, and readable by the portal without a sign-in. */
export interface DeployLinks {
  /** The compiled template. */
  readonly template: string;
  /** The form that asks for its parameters; without one the portal makes its own. */
  readonly form?: string;
}

/** The buttons of the public cloud and of Azure Government, as Markdown. */
export function deployButtons({ template, form }: DeployLinks): string {
  const path = `#create/Microsoft.Template/uri/${encodeURIComponent(template)}`;
  const target = form === undefined ? path : `${path}/createUIDefinitionUri/${encodeURIComponent(form)}`;
  return [
    `[![Deploy To Azure](https://aka.ms/deploytoazurebutton)](https://portal.azure.com/${target})`,
    `[![Deploy To Azure Gov](https://aka.ms/deploytoazuregovbutton)](https://portal.azure.us/${target})`,
  ].join(' ');
}
