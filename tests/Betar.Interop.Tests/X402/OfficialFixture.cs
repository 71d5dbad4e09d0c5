using System.Text.Json.Nodes;
using Betar.Interop.Tests.Partner;
using Betar.Tests.Shared;

namespace Betar.Interop.Tests.X402;

/// <summary>The official x402 packages, which say at the end who they were and how often they were met.</summary>
public sealed class OfficialFixture : IAsyncLifetime
{
    private readonly Lazy<PartnerProcess> _process = new(() => PartnerProcess.StartJs("X402", "js"));
    private int _cases;

    internal Task<JsonObject> AskAsync(string command, object? fields = null)
    {
        Interlocked.Increment(ref _cases);
        return _process.Value.AskAsync(command, null, fields);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (!_process.IsValueCreated)
            return;
        var versions = (await _process.Value.AskAsync("versions", null))["versions"]!;
        await _process.Value.DisposeAsync();
        TestNotes.Add($"@x402/fetch {versions["@x402/fetch"]}, @x402/express {versions["@x402/express"]}, @x402/evm {versions["@x402/evm"]}, "
            + $"x402-fetch {versions["x402-fetch"]}, viem {versions["viem"]}, Node {versions["node"]}: {_cases} questions");
    }
}
