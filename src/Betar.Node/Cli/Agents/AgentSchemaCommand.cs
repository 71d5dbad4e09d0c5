using System.CommandLine;
using Betar.Node.Configuration;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent schema</c>: the JSON schema of agents.yaml, for editors that check it while it is written.</summary>
internal static class AgentSchemaCommand
{
    public static Command Create(CliHost host) => CliCommand.Create("schema", "Print the JSON schema of agents.yaml", host, (context, _, _) =>
    {
        context.Out.WriteLine(AgentsSchema.Text);
        return Task.FromResult<CliRefusal?>(null);
    });
}
