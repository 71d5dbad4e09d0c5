using System.Net;
using System.Net.Sockets;
using Betar.Grains.Buying;
using Betar.Node.Selling;
using Betar.X402.Calling;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Selling;

public sealed class TcpSellerChannelTests : IAsyncDisposable
{
    private readonly TcpSellerChannel _channel = new(new X402ClientOptions { Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System);
    private readonly Seller _seller = new();

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _seller.DisposeAsync();
    }

    [Fact]
    public async Task An_idle_connection_is_used_again()
    {
        for (int i = 0; i < 5; i++)
            Assert.Equal($"c-{i}", (await AskAsync($"c-{i}")).Reply?.CorrelationId);

        Assert.Equal(1, _seller.Connections);
    }

    [Fact]
    public async Task Calls_at_the_same_time_have_a_connection_each()
    {
        SellerAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AskAsync($"c-{i}").AsTask()));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"c-{i}"), answers.Select(answer => answer.Reply?.CorrelationId));
        Assert.InRange(_seller.Connections, 1, 8);
    }

    [Fact]
    public async Task A_kept_connection_that_the_seller_closed_is_replaced_without_the_buyer_noticing()
    {
        await AskAsync("c-1");
        string address = _seller.Address;
        await _seller.RestartAsync();
        Assert.Equal(address, _seller.Address);

        SellerAnswer answer = await AskAsync("c-2");

        Assert.Equal(("c-2", ""), (answer.Reply?.CorrelationId, answer.Fault));
    }

    [Fact]
    public async Task A_payment_goes_the_same_way()
    {
        var paid = new PaidRequest { CorrelationId = "p-1", Body = new TaskBody("in", "agent").Write() };

        Assert.Equal("paid", Assert.IsType<X402Error>((await _channel.PayAsync(_seller.Address, paid, default)).Reply).Message);
    }

    [Fact]
    public async Task A_seller_that_is_not_there_is_an_answer_and_no_exception()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        string nobody = $"{free.LocalEndpoint}";
        free.Stop();

        SellerAnswer answer = await _channel.RequestAsync(nobody, new X402Request { CorrelationId = "c", Resource = "agent" }, default);

        Assert.Null(answer.Reply);
        Assert.Contains(nobody, answer.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("")]
    [InlineData("/ip4/127.0.0.1/tcp/1")]
    [InlineData("127.0.0.1:99999")]
    public async Task An_address_that_is_none_is_an_answer_and_no_exception(string address)
    {
        SellerAnswer answer = await _channel.RequestAsync(address, new X402Request { CorrelationId = "c", Resource = "agent" }, default);

        Assert.Null(answer.Reply);
        Assert.Contains("cannot be reached", answer.Fault, StringComparison.Ordinal);
    }

    private ValueTask<SellerAnswer> AskAsync(string id) =>
        _channel.RequestAsync(_seller.Address, new X402Request { CorrelationId = id, Resource = "agent", Body = new TaskBody("in", "agent").Write() }, default);

    /// <summary>A seller without goods: every request is answered "unknown agent", every payment "paid".</summary>
    private sealed class Seller : IX402Handler, IAsyncDisposable
    {
        private readonly X402StreamServer _server;
        private TcpService _service;
        private int _connections;

        public Seller()
        {
            _server = new X402StreamServer(this, new X402ServerOptions(), TimeProvider.System, (_, _) => { });
            _service = Start(new IPEndPoint(IPAddress.Loopback, 0));
        }

        public string Address => $"{_service.EndPoint}";

        public int Connections => Volatile.Read(ref _connections);

        public async Task RestartAsync()
        {
            IPEndPoint address = _service.EndPoint;
            await _service.DisposeAsync();
            _service = Start(address);
        }

        public ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken) =>
            ValueTask.FromResult<X402Reply>(X402Error.Create(StreamErrorCode.UnknownResource, request.CorrelationId, "No."));

        public ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken) =>
            ValueTask.FromResult<X402Reply>(X402Error.Create(StreamErrorCode.PaymentInvalid, request.CorrelationId, "paid"));

        public async ValueTask DisposeAsync()
        {
            await _service.DisposeAsync();
            _server.Dispose();
        }

        private TcpService Start(IPEndPoint address) => TcpService.Start(
            address,
            (stream, peer, token) =>
            {
                Interlocked.Increment(ref _connections);
                return _server.ServeAsync(stream, peer, token);
            },
            new TcpServiceOptions(), NullLogger.Instance).OrThrow();
    }
}
