using System.CommandLine;
using Betar.Libp2p.Identity;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Peering;

/// <summary><c>betar p2p id</c>: who a key file makes its holder.</summary>
internal static class PeerIdCommand
{
    private static readonly Option<string> Key = new("--key") { Description = "The key file", HelpName = "FILE", Required = true };

    public static Command Create(CliHost host) => CliCommand.Create("id", "Show the peer id of a key file", host, RunAsync, Key);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        var key = PeerKey.Read(arguments.GetRequiredValue(Key));
        if (!key.IsOk)
            return Task.FromResult<CliRefusal?>(key.Refusal);
        using (key.Value)
            Print(context, key.Value.PublicKey);
        return Task.FromResult<CliRefusal?>(null);
    }

    private static void Print(CommandContext context, PublicKey key)
    {
        if (!context.Json)
        {
            context.Out.WriteLine(key.ToPeerId());
            return;
        }

        JsonOutput.WriteLine(context.Out, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("peerId", key.ToPeerId().ToString());
            writer.WriteString("keyType", key.Type.ToString());
            if (DidKey.TryFormat(key, out var did))
                writer.WriteString("did", did);
            writer.WriteEndObject();
        });
    }
}
