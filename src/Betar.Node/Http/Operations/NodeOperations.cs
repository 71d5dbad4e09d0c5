using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Http.Operations;

/// <summary>What the node can do, by name: the same that its control socket answers.</summary>
internal sealed class NodeOperations(IReadOnlyDictionary<string, ControlHandler> handlers, IReadOnlyDictionary<string, StreamedHandler>? streamed = null)
{
    public IEnumerable<string> Names => handlers.Keys;

    public bool Has(string name) => handlers.ContainsKey(name);

    /// <summary>What the operation answers, put into JSON while its arguments live.</summary>
    public async Task<Checked<JsonElement>> CallAsync(
        string name, Action<Utf8JsonWriter>? arguments, CancellationToken cancellation, Func<string, ValueTask>? partial = null)
    {
        using JsonDocument document = JsonOutput.Parse(writer =>
        {
            writer.WriteStartObject();
            arguments?.Invoke(writer);
            writer.WriteEndObject();
        });
        return await CallAsync(name, document.RootElement, cancellation, partial);
    }

    /// <param name="name">Of the operation.</param>
    /// <param name="arguments">A JSON object.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="partial">Takes pieces of the answer, where the operation has any; null: nobody listens.</param>
    public async Task<Checked<JsonElement>> CallAsync(string name, JsonElement arguments, CancellationToken cancellation, Func<string, ValueTask>? partial = null)
    {
        if (!handlers.TryGetValue(name, out ControlHandler? handler))
            return ErrorCatalog.RouteUnknown.Refuse($"This node has no operation {VisibleText.Of(name)}", "use a node of the same version");
        ControlAnswer answer = await (partial is not null && streamed?.GetValueOrDefault(name) is { } inPieces
            ? inPieces(arguments, partial, cancellation)
            : handler(arguments, cancellation));
        if (answer.Refusal is { } refusal)
            return refusal;
        using JsonDocument document = JsonOutput.Parse(answer.Write!);
        return document.RootElement.Clone();
    }
}
