using Betar.Storage.Sessions;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Storage.Tests.Sessions;

/// <summary>A session log in a file of its own, on a clock that the test moves.</summary>
internal sealed class SessionFile : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SessionLogOptions _options;

    public SessionFile(SessionLogOptions? options = null)
    {
        _options = options ?? new SessionLogOptions();
        Database = Open();
    }

    public ManualTime Time { get; } = new();

    public BetarDatabase Database { get; private set; }

    public string Path => _folder.Database;

    public ISessionLog Log => Database.Sessions;

    public static SessionExchange Exchange(string request, string caller = "peer", string agent = "did:a", bool paid = false, string once = "") => new()
    {
        AgentId = agent,
        CallerId = caller,
        RequestId = request,
        Input = "in " + request,
        Output = "out " + request,
        Payment = paid ? Payment(request) : null,
        Once = once,
    };

    public static SessionPayment Payment(string request) =>
        new("eip155:1/0xa/0xb/" + request, "0xfeed", "1000", "0xb", new DateTimeOffset(2026, 8, 1, 11, 59, 0, TimeSpan.Zero));

    public async Task RecordAsync(params SessionExchange[] exchanges)
    {
        foreach (SessionExchange exchange in exchanges)
            Log.Record(exchange);
        await WrittenAsync();
    }

    /// <summary>The writer takes its work in order: after a later write, what was recorded before is on disk.</summary>
    public async Task WrittenAsync() => await Database.Agents.RemoveAsync("nobody", CancellationToken.None);

    public async Task<string[]> RequestsAsync(string caller = "peer", string agent = "did:a", int exchanges = 1_000, long before = long.MaxValue) =>
    [
        .. (await FindAsync(caller, agent, exchanges, before))?.Exchanges.Select(exchange => exchange.Exchange.RequestId) ?? [],
    ];

    public async Task<Session?> FindAsync(string caller = "peer", string agent = "did:a", int exchanges = 1_000, long before = long.MaxValue) =>
        await Log.FindAsync(new SessionQuery { AgentId = agent, Exchanges = exchanges, Before = before }, caller, CancellationToken.None);

    public async Task ReopenAsync()
    {
        await Database.DisposeAsync();
        Database = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private BetarDatabase Open() => BetarDatabase.Open(_folder.Database, new BetarDatabaseOptions { Sessions = _options }, Time);
}
