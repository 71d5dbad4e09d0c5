using System.CommandLine;
using Betar.Node.Composition;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Agents;

/// <summary><c>betar agent register</c>: the running node sells one more agent from now on; it comes into the file as well.</summary>
internal static class AgentRegisterCommand
{
    private static readonly Option<string> Name = new("--name", "-n") { Description = "The agent's name", Required = true, HelpName = "NAME" };

    // On this command -p is the price, as in the original.
    private static readonly Option<string?> Price = new("--price", "-p") { Description = "What a task costs, in USDC [default: 0]", HelpName = "USDC" };

    private static readonly Option<string?> Description = new("--description", "-d") { Description = "What it does", HelpName = "TEXT" };

    private static readonly Option<string?> Builtin = new("--builtin") { Description = "Let something built in do the work: echo, math, … [default: the node's model]", HelpName = "NAME" };

    public static Command Create(CliHost host) => NodeCommand.Create("register", "Sell one more agent on the running node", host, (context, arguments, cancellation) =>
        arguments.GetValue(UpArguments.OnChain)
            ? Task.FromResult<CliRefusal?>(ErrorCatalog.NoRegistration.Refuse("--on-chain asks for a registration on a chain"))
            : NodeQuery.RunAsync(context, "agents.add", writer =>
            {
                writer.WriteString("name", arguments.GetRequiredValue(Name));
                foreach (var (field, option) in new[] { ("price", Price), ("description", Description), ("builtin", Builtin) })
                {
                    if (arguments.GetValue(option) is { } value)
                        writer.WriteString(field, value);
                }
            }, FleetChanges.Print, cancellation), Name, Price, Description, Builtin, UpArguments.OnChain);
}
