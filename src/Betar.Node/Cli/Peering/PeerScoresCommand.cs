using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Peering;

namespace Betar.Node.Cli.Peering;

/// <summary><c>betar p2p scores</c>: what the gossip of each peer is worth to the running node, and why.</summary>
internal static class PeerScoresCommand
{
    public static Command Create(CliHost host) => NodeCommand.Create("scores", "Show what each peer's gossip is worth, the worst first", host,
        (context, _, cancellation) => NodeQuery.RunAsync(context, NetworkControl.Scores, null, Print, cancellation));

    internal static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine("No peer that gossips is known.");
        else
            TextTable.Write(context.Out, ["peer", "score", "connected", "mesh of", "invalid", "same network", "behaviour"],
                answer.EnumerateArray().Select(peer => new[]
                {
                    peer.Text("peerId"), Number(peer, "score"), peer.GetProperty("connected").GetBoolean() ? "yes" : "no", Meshes(peer),
                    Sum(peer, "invalid"), Number(peer, "colocation"), Number(peer, "behaviour"),
                }));
    }

    private static string Meshes(JsonElement peer) => VisibleText.Of(string.Join(' ', peer.GetProperty("topics").EnumerateArray()
        .Where(topic => topic.GetProperty("inMesh").GetBoolean()).Select(topic => topic.Text("topic"))));

    private static string Sum(JsonElement peer, string name) =>
        Write(peer.GetProperty("topics").EnumerateArray().Sum(topic => topic.GetProperty(name).GetDouble()));

    private static string Number(JsonElement peer, string name) => Write(peer.GetProperty(name).GetDouble());

    private static string Write(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
