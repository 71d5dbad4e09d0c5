using System.Collections.Concurrent;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Http.Refunding;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Selling;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Tests.Refunding;

/// <summary>A server that pays back by itself: at its intervals, and after whatever went wrong; what the operator hears of it.</summary>
public sealed class OwedRefundServiceTests : IAsyncLifetime
{
    private static readonly OwedMoney s_money = new(PaymentAsset.BaseSepoliaUsdc.Address, Vectors.SellerAddress, 50_000);

    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeSeconds(Vectors.ValidBefore - 50));
    private readonly Debts _debts = new();
    private readonly PrivateKey _key = PrivateKey.Generate();
    private readonly Lines _lines = new();
    private TestNetwork _network = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.StartAsync(_time);
        _services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(_lines).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<TimeProvider>(_time).AddSingleton<IOwedPayments>(_debts).AddSingleton<ISettlementChannel>(_network.Channel)
            .AddSingleton<IChains>(new Chains(new Dictionary<NetworkId, IChainClient> { [NetworkId.BaseSepolia] = _network.Client }))
            .AddOwedRefunds(_key, PaymentAssets.Default, new OwedRefundOptions())
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _network.DisposeAsync();
        _key.Dispose();
    }

    private IHostedService Service => Assert.Single(_services.GetServices<IHostedService>());

    [Fact]
    public async Task It_pages_when_the_account_is_empty_and_pays_when_it_is_filled()
    {
        var debt = _debts.Owe(1, s_money);
        var hand = _debts.Owe(2, null);
        await Service.StartAsync(default);
        await _lines.UntilAsync("Critical The refund of");
        await _lines.UntilAsync($"Critical {hand.Payment} for /work?2 is owed");

        await _network.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"devnet_fund","params":["{{Address.FromKey(_key)}}","50000"]}""");
        await TurnAsync();
        await _lines.UntilAsync($"Information The payment {debt.Payment} went back in 0x");

        Assert.Equal(50_000UL, (ulong)(await _network.Token.BalanceOfAsync(s_money.Payer, default)).Value);
        await Service.StopAsync(default);
        Assert.Contains(_lines.All, line => line.Contains("Paying back was stopped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_look_that_fails_is_told_and_the_next_one_comes()
    {
        _debts.Fault = new IOException("The disk is away.");
        await Service.StartAsync(default);
        await _lines.UntilAsync("Critical Debts could not be looked through");
        _debts.Fault = null;
        _debts.Owe(1, s_money);
        _debts.IsBusy = true;

        await TurnAsync();

        await _lines.UntilAsync("Information The work of");
        await Service.StopAsync(default);
    }

    [Fact]
    public async Task What_the_chain_does_not_take_is_a_warning()
    {
        _debts.Owe(1, s_money);
        await _network.AskAsync($$"""{"jsonrpc":"2.0","id":1,"method":"devnet_setFault","params":[{"kind":"outage"}]}""");
        await Service.StartAsync(default);
        await _lines.UntilAsync("Warning The refund of");
        await Service.StopAsync(default);
    }

    // The wait is armed a moment after the look was told.
    private async Task TurnAsync()
    {
        while (_time.ArmedTimers == 0)
            await Task.Yield();
        _time.Advance(TimeSpan.FromSeconds(5));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly SemaphoreSlim _more = new(0);

        public IReadOnlyCollection<string> All => _lines;

        public async Task UntilAsync(string start)
        {
            while (!_lines.Any(line => line.StartsWith(start, StringComparison.Ordinal)))
                Assert.True(await _more.WaitAsync(TimeSpan.FromSeconds(30)), $"{start}: {string.Join('\n', _lines)}");
        }

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            _lines.Enqueue($"{logLevel} {formatter(state, exception)}");
            _more.Release();
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose() => _more.Dispose();
    }
}
