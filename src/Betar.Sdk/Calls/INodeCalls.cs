using System.Text.Json;

namespace Betar.Sdk.Calls;

/// <summary>The way to a node: one operation with a JSON object of arguments, answered by a JSON value.</summary>
internal interface INodeCalls : IDisposable
{
    Task<BetarResult<JsonElement>> CallAsync(string operation, Action<Utf8JsonWriter> arguments, CancellationToken cancellationToken);

    /// <summary>The same, handing on pieces of the answer as they come.</summary>
    Task<BetarResult<JsonElement>> StreamAsync(string operation, Action<Utf8JsonWriter> arguments, Func<string, ValueTask> partial, CancellationToken cancellationToken);
}
