using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Market;

/// <summary><c>betar market verify</c>: proves what this node shows by what sellers signed, and says what others tried to change.</summary>
internal static class MarketVerifyCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static Command Create(CliHost host) => NodeCommand.Create("verify", "Check every listing against what its seller signed", host, RunAsync);

    private static async Task<CliRefusal?> RunAsync(CommandContext context, ParseResult arguments, CancellationToken cancellation)
    {
        using var client = context.Ask(Deadline);
        var answer = await client.CallAsync(MarketCalls.Verify, null, cancellation);
        if (!answer.IsOk)
            return answer.Refusal;
        if (context.Json)
            JsonOutput.WriteLine(context.Out, answer.Value);
        else
            Print(context, answer.Value);
        return answer.Value.GetProperty("ok").GetBoolean()
            ? null
            : ErrorCatalog.MarketDisputed.Refuse(string.Create(CultureInfo.InvariantCulture, $"{answer.Value.GetProperty("contested").GetArrayLength():N0} listings were changed or deleted by others than their sellers"));
    }

    internal static void Print(CommandContext context, JsonElement answer)
    {
        TextTable.Write(context.Out, ["trust", "listings"], answer.GetProperty("byTrust").EnumerateObject().Select(level => new[] { level.Name, Count(level.Value) }));
        foreach (var id in answer.GetProperty("contested").EnumerateArray())
            context.Out.WriteLine($"contested: {VisibleText.Of(id.GetString()!)}; what its seller said is shown");
        foreach (var fault in answer.GetProperty("recordFaults").EnumerateObject())
            context.Out.WriteLine($"records not believed, {fault.Name}: {Count(fault.Value)}");
        var progress = answer.GetProperty("replica");
        context.Out.WriteLine($"replicated set: {Count(progress.GetProperty("settled"))} nodes, height {Count(progress.GetProperty("height"))}, {Count(progress.GetProperty("missing"))} on their way, {Count(progress.GetProperty("absent"))} that nobody has");
    }

    private static string Count(JsonElement number) => number.GetInt64().ToString("N0", CultureInfo.InvariantCulture);
}
