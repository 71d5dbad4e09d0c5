using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Tests.Shared;
using Betar.X402.Http.Claiming;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Tests.Claiming;

/// <summary>The server's own claiming: at its intervals, at its end, and after whatever went wrong.</summary>
public sealed class ChannelClaimServiceTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedClaims _claims = new();
    private readonly Lines _lines = new();
    private readonly ServiceProvider _services;

    public ChannelClaimServiceTests() => _services = new ServiceCollection()
        .AddLogging(logging => logging.AddProvider(_lines).SetMinimumLevel(LogLevel.Trace))
        .AddSingleton<TimeProvider>(_time).AddSingleton<IChannelClaims>(_claims).AddSingleton(Chains.None).AddSingleton<ISettlementChannel>(new NoSender())
        .AddChannelClaims(new LocalSigner(Vectors.PayerKey()), new ChannelClaimOptions { Interval = TimeSpan.FromSeconds(10) })
        .BuildServiceProvider();

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private IHostedService Service => Assert.Single(_services.GetServices<IHostedService>());

    [Fact]
    public async Task It_looks_at_the_start_and_at_every_interval()
    {
        await Service.StartAsync(default);
        await _claims.LooksAsync(1);
        await ArmedAsync();
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, _claims.Looks);

        _time.Advance(TimeSpan.FromSeconds(1));

        await _claims.LooksAsync(2);
        await Service.StopAsync(default);
    }

    [Fact]
    public async Task At_the_end_it_looks_once_more()
    {
        await Service.StartAsync(default);
        await _claims.LooksAsync(1);

        await Service.StopAsync(default);

        Assert.Equal(2, _claims.Looks);
    }

    [Fact]
    public async Task A_look_that_fails_is_told_and_the_next_one_comes()
    {
        _claims.Fault = new IOException("The disk is away.");
        await Service.StartAsync(default);
        await _claims.LooksAsync(1);
        await ArmedAsync();
        _claims.Fault = null;

        _time.Advance(TimeSpan.FromSeconds(10));

        await _claims.LooksAsync(2);
        await Service.StopAsync(default);
        Assert.Contains("Critical Channels could not be claimed; it is tried again.", _lines.All);
    }

    [Fact]
    public async Task What_cannot_be_claimed_is_told()
    {
        _claims.Owed = ChannelState.New(PaymentChannel.Of(NetworkId.BaseSepolia, new ChannelConfig(
            Vectors.SellerAddress, Vectors.SellerAddress, Vectors.SellerAddress, Vectors.SellerAddress, Vectors.SellerAddress, 900, Hash32.Zero))) with
        {
            Charged = 5_000_000,
        };
        await Service.StartAsync(default);
        await _claims.LooksAsync(1);
        await Service.StopAsync(default);
        Assert.Contains(_lines.All, line => line.StartsWith("Error 1 channels cannot be claimed", StringComparison.Ordinal));
    }

    private async Task ArmedAsync()
    {
        while (_time.ArmedTimers == 0)
            await Task.Yield();
    }

    private sealed class ScriptedClaims : IChannelClaims
    {
        private readonly SemaphoreSlim _looked = new(0);
        private int _looks;

        internal int Looks => _looks;

        internal Exception? Fault { get; set; }

        internal ChannelState? Owed { get; set; }

        internal async Task LooksAsync(int count)
        {
            while (Looks < count)
                await _looked.WaitAsync(TimeSpan.FromSeconds(30));
        }

        public Task<IReadOnlyList<ChannelState>> FindUnclaimedAsync(Hash32? after, int most, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ChannelState>>(Owed is { } owed ? [owed] : []);

        public Task<IReadOnlyList<ClaimRun>> FindOpenAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _looks);
            _looked.Release();
            return Fault is { } fault ? Task.FromException<IReadOnlyList<ClaimRun>>(fault) : Task.FromResult<IReadOnlyList<ClaimRun>>([]);
        }

        public Task<bool> BeginAsync(ClaimRun run, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task EndAsync(ClaimRun run, IReadOnlyList<AtomicAmount> claimed, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class NoSender : ISettlementChannel
    {
        public Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly List<string> _all = [];

        internal IReadOnlyList<string> All
        {
            get
            {
                lock (_all)
                    return [.. _all];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_all)
                _all.Add($"{logLevel} {formatter(state, exception)}");
        }

        public void Dispose()
        {
        }
    }
}
