using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Http.Operations;

/// <summary>What the node can do, by name: the same that its control socket answers.</summary>
internal sealed class NodeOperations(IReadOnlyDictionary<string, ControlHandler> handlers)
{
    public IEnumerable<string> Names => handlers.Keys;

    public bool Has(string name) => handlers.ContainsKey(name);

    /// <summary>What the operation answers, put into JSON while its arguments live.</summary>
    public async Task<Checked<JsonElement>> CallAsync(string name, Action<Utf8JsonWriter>? arguments, CancellationToken cancellation)
    {
        using JsonDocument document = JsonOutput.Parse(writer =>
        {
            writer.WriteStartObject();
            arguments?.Invoke(writer);
            writer.WriteEndObject();
        });
        return await CallAsync(name, document.RootElement, cancellation);
    }

    public async Task<Checked<JsonElement>> CallAsync(string name, JsonElement arguments, CancellationToken cancellation)
    {
        if (!handlers.TryGetValue(name, out ControlHandler? handler))
            return ErrorCatalog.RouteUnknown.Refuse($"This node has no operation {VisibleText.Of(name)}", "use a node of the same version");
        ControlAnswer answer = await handler(arguments, cancellation);
        if (answer.Refusal is { } refusal)
            return refusal;
        using JsonDocument document = JsonOutput.Parse(answer.Write!);
        return document.RootElement.Clone();
    }
}
