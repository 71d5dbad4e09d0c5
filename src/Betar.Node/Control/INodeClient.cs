using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Control;

/// <summary>Asks a running node.</summary>
public interface INodeClient : IDisposable
{
    /// <summary>The answer's JSON value, or why there is none.</summary>
    Task<Checked<JsonElement>> CallAsync(string method, Action<Utf8JsonWriter>? writeArguments, CancellationToken cancellation);

    /// <summary>The same, handing on pieces of the answer as they come. They are not yet the answer.</summary>
    Task<Checked<JsonElement>> StreamAsync(string method, Action<Utf8JsonWriter>? writeArguments, Func<string, ValueTask> partial, CancellationToken cancellation);
}
