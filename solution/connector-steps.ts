import { connectors } from '../functions/connectors.ts';
import type { JsonObject } from '../functions/tables/json.ts';
import type { ConnectorPage } from './connector.ts';
import { type DeployLinks, deployButtons } from './deploy-buttons.ts';

/** What a customer does, step by step, to connect. */
export function instructionSteps(page: ConnectorPage, links: DeployLinks): readonly JsonObject[] {
  return [
    {
      description:
        '>**NOTE:** The connector is an Azure Functions app in your own subscription. It costs what Azure Functions, its storage account and the ingested data cost. See the [Azure Functions pricing page](https://azure.microsoft.com/pricing/details/functions/).',
    },
    {
      description:
        '>**NOTE:** One app serves all Mimecast connectors: Audit, Secure Email Gateway, Targeted Threat Protection, Awareness Training and Cloud Integrated. Deploy it once, and choose the connectors that you have the products for.',
    },
    {
      title: 'STEP 1 - Create an application of the Mimecast API 2.0',
      description: `In the Mimecast Administration Console open **Integrations** (formerly **Administration** > **Services** > **API and Platform Integrations**), choose **Mimecast API 2.0** and **Generate Keys**. Give the application these products and permissions:\n\n${grants(page)}\n\nThe client id and the client secret are shown once: keep them for the next step.`,
    },
    {
      title: 'STEP 2 - Deploy the connector with the command (recommended)',
      description:
        'The command checks your rights, reads the tables that a former version left, verifies the package and waits for the first rows. With Node.js and the Azure CLI signed in, run in the folder of a release:\n\n```\nnpm ci\nnpm run deploy -- --resource-group <resource group> --workspace <workspace>\n```\n\n`--what-if` shows what it would do and changes nothing.',
    },
    {
      title: 'Or deploy with a button',
      description: `Where Mimecast tables of a former version are in the workspace, use the command: a template cannot read them first. The portal does not verify the package either.\n\n1. Choose the button of your cloud.\n\n${deployButtons(links)}\n\n2. Choose **Subscription**, **Resource Group** and **Region**, and the workspace.\n3. Enter the client id and the client secret of STEP 1. They go to a key vault and nowhere else.\n4. Choose **Review + create**, then **Create**.`,
    },
    {
      title: 'STEP 3 - See that rows arrive',
      description: `The first rows arrive within 15 minutes; a new role may take half an hour. Each feed tells after every run how it went, and what to do when it failed:\n\n\`\`\`\nMimecast_Health_CL\n| where Connector == "${page.connector}"\n| summarize arg_max(Ended, Fault, CaughtUp, Message) by Feed\n\`\`\``,
    },
  ];
}

/** The products and permissions of a connector's feeds, each once. */
function grants({ connector }: ConnectorPage): string {
  const feeds = connectors.find(({ name }) => name === connector)?.feeds ?? [];
  return [...new Set(feeds.map(({ product }) => `- ${product}`))].join('\n');
}
