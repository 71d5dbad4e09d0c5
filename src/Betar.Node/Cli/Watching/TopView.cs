using System.Globalization;
using System.Text.Json;
using Betar.X402;

namespace Betar.Node.Cli.Watching;

/// <summary>How a fleet does, as lines of text. Whatever a stranger wrote is made visible.</summary>
internal static class TopView
{
    public static IReadOnlyList<string> Lines(JsonElement overview)
    {
        var orders = overview.GetProperty("orders");
        List<string> lines =
        [
            $"betar {overview.Text("version")}  {overview.Text("peerId")}  {overview.Text("network")}  up {Ages.Of(overview.GetProperty("upSeconds").GetInt64())}",
            $"peers {overview.Text("peers")}   orders {orders.Text("total")}, open {orders.Text("open")}, {Rate(orders)} a second",
        ];
        if (!overview.GetProperty("storeRuns").GetBoolean())
            lines.Add("THE STORE HAS STOPPED: the disk takes no more writes");
        lines.Add("");
        lines.AddRange(Table(["money in", "delivered", "refunded", "held", "owed", "of", "on"], overview.GetProperty("money").EnumerateArray().Select(asset => new[]
        {
            Usdc(asset, "in"), Usdc(asset, "delivered"), Usdc(asset, "refunded"), Usdc(asset, "held"), Usdc(asset, "owed"), asset.Text("asset"), asset.Text("network"),
        }), "No money has come in yet."));
        lines.Add("");
        lines.AddRange(Table(["agent", "price", "lately", "running", "waiting", "done", "failed", "state"], overview.GetProperty("agents").EnumerateArray().Select(agent => new[]
        {
            agent.Text("name"), agent.Text("price"), agent.Text("recent"), agent.Text("running"), agent.Text("waiting"), agent.Text("completed"), agent.Text("failed"), State(agent),
        }), "Nothing is for sale here; betar agent register sells something."));
        var more = overview.GetProperty("agentCount").GetInt32() - overview.GetProperty("agents").GetArrayLength();
        if (more > 0)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {more:N0} more"));
        return lines;
    }

    private static string[] Table(string[] header, IEnumerable<string[]> rows, string nothing)
    {
        using var text = new StringWriter { NewLine = "\n" };
        string[][] all = [.. rows];
        if (all.Length == 0)
            return [nothing];
        TextTable.Write(text, header, all);
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    private static string State(JsonElement agent) =>
        agent.GetProperty("resting").GetBoolean() ? "resting: " + agent.Text("lastError")
        : agent.Text("lastError") is { Length: > 0 } error ? "last failed: " + error
        : "";

    private static string Rate(JsonElement orders) => orders.GetProperty("perSecond").GetDecimal().ToString("0.0", CultureInfo.InvariantCulture);

    private static string Usdc(JsonElement asset, string name) => AtomicAmount.Parse(asset.Text(name)).ToUsdc();
}
