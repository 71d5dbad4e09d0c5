using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Peering;

namespace Betar.Node.Cli.Peering;

/// <summary><c>betar p2p peers</c>: who is connected to the running node.</summary>
internal static class PeerListCommand
{
    public static Command Create(CliHost host) => NodeCommand.Create("peers", "Show who is connected to the running node", host,
        (context, _, cancellation) => NodeQuery.RunAsync(context, NetworkControl.Peers, null, Print, cancellation));

    internal static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine("Nobody is connected; name a node with betar up --bootstrap MULTIADDR.");
        else
            TextTable.Write(context.Out, ["peer", "address", "way", "found by", "since", "round trip", "runs"],
                answer.EnumerateArray().Select(peer => new[]
                {
                    peer.Text("peerId"), peer.Text("address"), peer.GetProperty("inbound").GetBoolean() ? "in" : "out", peer.Text("foundBy"),
                    Ages.Of(peer.GetProperty("connectedSeconds").GetInt64()), RoundTrip(peer), VisibleText.Of(peer.Text("agentVersion")),
                }));
    }

    private static string RoundTrip(JsonElement peer) => peer.GetProperty("roundTripMs") is { ValueKind: JsonValueKind.Number } ms
        ? string.Create(CultureInfo.InvariantCulture, $"{ms.GetDouble():0.0} ms")
        : "";
}
