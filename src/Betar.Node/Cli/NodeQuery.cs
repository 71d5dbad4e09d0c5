using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Cli;

/// <summary>A command that asks the running node one thing and prints the answer.</summary>
internal static class NodeQuery
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(30);

    public static async Task<CliRefusal?> RunAsync(CommandContext context, string method, Action<Utf8JsonWriter>? arguments,
        Action<CommandContext, JsonElement> print, CancellationToken cancellation, TimeSpan? deadline = null, Action<JsonElement>? heard = null)
    {
        using var client = context.Ask(deadline ?? DefaultDeadline);
        var answer = await client.CallAsync(method, arguments, cancellation);
        if (!answer.IsOk)
            return answer.Refusal;
        heard?.Invoke(answer.Value);
        if (context.Json)
            JsonOutput.WriteLine(context.Out, answer.Value);
        else
            print(context, answer.Value);
        return null;
    }
}
