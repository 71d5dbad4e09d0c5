using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Storage;

namespace Betar.Node.Cli.Orders;

/// <summary>A question about orders: to the node that runs, and without one to its ledger.</summary>
internal static class OrderQuery
{
    public static async Task<CliRefusal?> RunAsync(CommandContext context, string method, Action<Utf8JsonWriter>? arguments,
        Func<BetarDatabase, CancellationToken, Task<ControlAnswer>> alone, Action<CommandContext, JsonElement> print, CancellationToken cancellation)
    {
        var refusal = await NodeQuery.RunAsync(context, method, arguments, print, cancellation);
        if (refusal?.Error != ErrorCatalog.NoNode || !File.Exists(context.Data.Database))
            return refusal;
        await using var database = BetarDatabase.OpenReadOnly(context.Data.Database, time: context.Time);
        var answer = await alone(database, cancellation);
        if (answer.Refusal is not null)
            return answer.Refusal;
        using var json = JsonOutput.Parse(answer.Write!);
        if (context.Json)
            JsonOutput.WriteLine(context.Out, json.RootElement);
        else
            print(context, json.RootElement);
        return null;
    }
}
