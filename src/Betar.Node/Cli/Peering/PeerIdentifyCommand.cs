using System.CommandLine;
using System.Text.Json;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Protocols.Identify;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Peering;

/// <summary><c>betar p2p identify</c>: what a peer says of itself.</summary>
internal static class PeerIdentifyCommand
{
    private static readonly Argument<string> Address = PeerArguments.Address();

    public static Command Create(CliHost host) =>
        CliCommand.Create("identify", "Ask a peer who it is, where it is and what it serves", host, RunAsync, Address);

    private static Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation) =>
        PeerClient.RunAsync(context, arguments.GetRequiredValue(Address), async (host, to) =>
        {
            var said = await host.IdentifyAsync(to.Peer, cancellation);
            if (context.Json)
                JsonOutput.WriteLine(context.Out, writer => Write(writer, to, said));
            else
                Print(context.Out, to, said);
        }, cancellation);

    private static void Write(Utf8JsonWriter writer, ConnectionInfo to, IdentifiedPeer said)
    {
        writer.WriteStartObject();
        writer.WriteString("peerId", to.Peer.ToString());
        writer.WriteString("security", to.Security);
        writer.WriteString("muxer", to.Muxer);
        writer.WriteString("observedAddress", said.ObservedAddress?.ToString());
        PeerJson.WriteIdentified(writer, said);
        writer.WriteEndObject();
    }

    private static void Print(TextWriter output, ConnectionInfo to, IdentifiedPeer said)
    {
        output.WriteLine($"peer      {to.Peer}");
        output.WriteLine($"agent     {VisibleText.Of(said.Info.AgentVersion)}");
        output.WriteLine($"secured   {to.Security}, {to.Muxer}");
        output.WriteLine($"sees us   {said.ObservedAddress}");
        output.WriteLine($"record    {(said.HasSignedRecord ? "signed" : "not signed")}");
        foreach (var address in said.Info.Addresses)
            output.WriteLine($"address   {address}");
        foreach (var protocol in said.Info.Protocols)
            output.WriteLine($"protocol  {VisibleText.Of(protocol)}");
    }
}
