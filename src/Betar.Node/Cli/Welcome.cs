using System.CommandLine;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Cli;

/// <summary>What bare <c>betar</c> shows: what it can do, and the next sensible step here.</summary>
internal static class Welcome
{
    public static Task<CliRefusal?> ShowAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var (next, why) = NextStep(context.Data);
        if (context.Json)
        {
            JsonOutput.WriteLine(context.Out, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("version", BetarCli.Version);
                writer.WriteString("data", context.Data.Root);
                writer.WriteString("next", next);
                writer.WriteString("why", why);
                writer.WriteEndObject();
            });
            return Task.FromResult<CliRefusal?>(null);
        }

        context.Out.WriteLine(
            $"""
             betar {BetarCli.Version}: sells the work of agents, and buys it, paid per task.

               betar demo            see a fleet sell and a buyer pay; needs no keys, no accounts
               betar up              run the fleet that agents.yaml declares
               betar doctor          check this machine
               betar agent list      the agents of the running node
               betar ledger verify   prove that no money is missing
               betar --help          everything else

             Next: {next}
             {why}
             """);
        return Task.FromResult<CliRefusal?>(null);
    }

    private static (string Next, string Why) NextStep(DataFolder data)
    {
        if (NodeLock.Holder(data) is { } holder)
            return ("betar agent list", $"A node is running on {data.Root} (process {holder}).");
        if (File.Exists(data.Database))
            return ("betar ledger verify", $"{data.Root} holds what an earlier run kept; no node is running on it.");
        return ("betar demo --once", $"Nothing is kept in {data.Root} yet.");
    }
}
