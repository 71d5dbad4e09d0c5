using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Peering;

namespace Betar.Node.Cli.Peering;

/// <summary><c>betar p2p topics</c>: what the running node gossips about, and with whom.</summary>
internal static class PeerTopicsCommand
{
    public static Command Create(CliHost host) => NodeCommand.Create("topics", "Show what the running node gossips about, and with how many", host,
        (context, _, cancellation) => NodeQuery.RunAsync(context, NetworkControl.Topics, null, Print, cancellation));

    internal static void Print(CommandContext context, JsonElement answer)
    {
        if (answer.GetArrayLength() == 0)
            context.Out.WriteLine("This node gossips about nothing.");
        else
            TextTable.Write(context.Out, ["topic", "peers", "in the mesh"],
                answer.EnumerateArray().Select(topic => new[] { topic.Text("topic"), Count(topic, "peers"), Count(topic, "mesh") }));
    }

    private static string Count(JsonElement topic, string name) => topic.GetProperty(name).GetArrayLength().ToString(CultureInfo.InvariantCulture);
}
