using System.Text.Json;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Sdk.Calls;

/// <summary>To the node that runs on a data folder of this machine, by its socket.</summary>
internal sealed class SocketCalls(DataFolder folder, TimeSpan deadline) : INodeCalls
{
    private readonly ControlClient _client = new(folder, deadline);

    public async Task<BetarResult<JsonElement>> CallAsync(string operation, Action<Utf8JsonWriter> arguments, CancellationToken cancellationToken) =>
        Of(await _client.CallAsync(operation, arguments, cancellationToken));

    public async Task<BetarResult<JsonElement>> StreamAsync(
        string operation, Action<Utf8JsonWriter> arguments, Func<string, ValueTask> partial, CancellationToken cancellationToken) =>
        Of(await _client.StreamAsync(operation, arguments, partial, cancellationToken));

    private static BetarResult<JsonElement> Of(Checked<JsonElement> answer) => answer.IsOk
        ? answer.Value
        : new BetarRefusal(answer.Refusal.Error.Code, answer.Refusal.Detail, answer.Refusal.Next);

    public void Dispose() => _client.Dispose();
}
