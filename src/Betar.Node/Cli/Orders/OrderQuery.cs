using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Storage;

namespace Betar.Node.Cli.Orders;

/// <summary>A question about what is on disk: to the node that runs, and without one to its database.</summary>
internal static class OrderQuery
{
    public static async Task<CliRefusal?> RunAsync(CommandContext context, string method, Action<Utf8JsonWriter>? arguments,
        Func<BetarDatabase, JsonElement, CancellationToken, Task<ControlAnswer>> alone, Action<CommandContext, JsonElement> print, CancellationToken cancellation)
    {
        var refusal = await NodeQuery.RunAsync(context, method, arguments, print, cancellation);
        if (refusal?.Error != ErrorCatalog.NoNode || !File.Exists(context.Data.Database))
            return refusal;
        await using var database = BetarDatabase.OpenReadOnly(context.Data.Database, time: context.Time);
        using var asked = JsonOutput.Parse(writer =>
        {
            writer.WriteStartObject();
            arguments?.Invoke(writer);
            writer.WriteEndObject();
        });
        var answer = await alone(database, asked.RootElement, cancellation);
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
