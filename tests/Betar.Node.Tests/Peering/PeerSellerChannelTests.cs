using Betar.Grains.Buying;
using Betar.Libp2p;
using Betar.Node.Peering;
using Betar.Node.Tests.Support;
using Betar.X402.Calling;
using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Node.Tests.Peering;

/// <summary>How the buyer's grains reach a seller, between two real hosts.</summary>
public sealed class PeerSellerChannelTests
{
    private static readonly X402ClientOptions s_options = new() { Timeout = TimeSpan.FromSeconds(20) };

    private readonly Desk _desk = new();

    [Fact]
    public async Task Exchanges_share_a_connection_and_have_a_stream_each()
    {
        await using PeerPair pair = await ServeAsync();

        SellerAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AskAsync(pair, $"c-{i}").AsTask()));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"c-{i}"), answers.Select(answer => answer.Reply?.CorrelationId));
        Assert.Single(pair.Client.Connections);
    }

    [Fact]
    public async Task A_payment_goes_the_same_way()
    {
        await using PeerPair pair = await ServeAsync();
        var paid = new PaidRequest { CorrelationId = "p-1", Body = new TaskBody("in", "agent").Write() };

        SellerAnswer answer = await Channel(pair).PayAsync(pair.Address, paid, default);

        Assert.Equal("paid by " + pair.Client.PeerId, Assert.IsType<X402Error>(answer.Reply).Message);
    }

    [Fact]
    public async Task The_seller_knows_by_name_who_asks()
    {
        await using PeerPair pair = await ServeAsync();

        Assert.Equal("asked by " + pair.Client.PeerId, Assert.IsType<X402Error>((await AskAsync(pair, "c")).Reply).Message);
    }

    [Fact]
    public async Task A_connection_that_was_lost_is_made_again_without_the_buyer_noticing()
    {
        await using PeerPair pair = await ServeAsync();
        await AskAsync(pair, "c-1");
        await pair.Server.DisconnectAsync(pair.Client.PeerId);

        SellerAnswer answer = await AskAsync(pair, "c-2");

        Assert.Equal(("c-2", ""), (answer.Reply?.CorrelationId, answer.Fault));
    }

    [Fact]
    public async Task A_seller_that_is_not_there_is_an_answer_and_no_exception()
    {
        await using PeerPair pair = await ServeAsync();
        string address = pair.Address;
        await pair.Server.StopAsync();

        SellerAnswer answer = await Channel(pair).RequestAsync(address, Request("c"), default);

        Assert.Null(answer.Reply);
        Assert.Contains(address, answer.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_at_the_sellers_address_gets_nothing()
    {
        await using PeerPair pair = await ServeAsync();
        await using Libp2pHost other = Libp2pHost.CreateBuilder().Build();
        string address = pair.Server.Addresses[0].WithoutPeer().WithPeer(other.PeerId).ToString();

        SellerAnswer answer = await Channel(pair).RequestAsync(address, Request("c"), default);

        Assert.Null(answer.Reply);
        Assert.Empty(pair.Client.Connections);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("")]
    [InlineData("127.0.0.1:4001")]
    [InlineData("/ip4/127.0.0.1/tcp/1")]
    public async Task What_names_no_peer_is_an_answer_and_no_exception(string seller)
    {
        await using PeerPair pair = await ServeAsync();

        SellerAnswer answer = await Channel(pair).RequestAsync(seller, Request("c"), default);

        Assert.Null(answer.Reply);
        Assert.Contains("/p2p/", answer.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_sells_nothing_is_an_answer_and_no_exception()
    {
        await using PeerPair pair = await PeerPair.StartAsync("/other/1.0.0", (_, _) => Task.CompletedTask);

        Assert.Null((await AskAsync(pair, "c")).Reply);
    }

    [Fact]
    public async Task A_seller_that_hangs_up_is_an_answer_and_no_exception()
    {
        await using PeerPair pair = await PeerPair.StartAsync(StreamProtocol.Id, (stream, _) =>
        {
            stream.Reset();
            return Task.CompletedTask;
        });

        SellerAnswer answer = await AskAsync(pair, "c");

        Assert.Null(answer.Reply);
        Assert.NotEmpty(answer.Fault);
    }

    [Fact]
    public async Task A_question_that_gets_lost_is_asked_twice_and_no_more()
    {
        int streams = 0;
        await using PeerPair pair = await PeerPair.StartAsync(StreamProtocol.Id, (stream, _) =>
        {
            Interlocked.Increment(ref streams);
            stream.Reset();
            return Task.CompletedTask;
        });

        await AskAsync(pair, "c");

        Assert.Equal(2, streams);
    }

    [Fact]
    public async Task A_payment_that_gets_lost_is_not_shown_again_by_the_channel()
    {
        int streams = 0;
        await using PeerPair pair = await PeerPair.StartAsync(StreamProtocol.Id, (stream, _) =>
        {
            Interlocked.Increment(ref streams);
            stream.Reset();
            return Task.CompletedTask;
        });
        var paid = new PaidRequest { CorrelationId = "p-1", Body = new TaskBody("in", "agent").Write() };

        SellerAnswer answer = await Channel(pair).PayAsync(pair.Address, paid, default);

        Assert.Null(answer.Reply);
        Assert.Equal(1, streams);
    }

    [Fact]
    public async Task Who_wants_pieces_gets_them_from_a_seller_that_serves_them()
    {
        await using PeerPair pair = await ServeAsync(StreamProtocol.PiecesId, server => server.ServeOneInPiecesAsync);
        var heard = new PieceBuffer(new PieceLimits());
        var paid = new PaidRequest { CorrelationId = "p-1", Body = new TaskBody("in", "agent").Write() };

        Task<SellerAnswer> paying = Channel(pair).PayAsync(pair.Address, paid, heard, default).AsTask();
        Assert.Equal("working", await heard.TakeAsync(default));
        Assert.False(paying.IsCompleted);
        _desk.Gate.SetResult();

        Assert.Equal("paid by " + pair.Client.PeerId, Assert.IsType<X402Error>((await paying).Reply).Message);
    }

    [Fact]
    public async Task Who_wants_pieces_gets_the_answer_whole_where_there_are_none()
    {
        await using PeerPair pair = await ServeAsync();
        var heard = new PieceBuffer(new PieceLimits());

        SellerAnswer paid = await Channel(pair).PayAsync(pair.Address, new PaidRequest { CorrelationId = "p-1" }, heard, default);
        SellerAnswer asked = await Channel(pair).RequestAsync(pair.Address, Request("c"), heard, default);

        Assert.Equal(("p-1", "c"), (paid.Reply?.CorrelationId, asked.Reply?.CorrelationId));
    }

    [Fact]
    public async Task A_seller_whose_pieces_are_none_is_told_apart_from_one_that_is_gone()
    {
        int streams = 0;
        var read = new TaskCompletionSource();
        await using PeerPair pair = await PeerPair.StartAsync(StreamProtocol.PiecesId, async (stream, stopping) =>
        {
            if (Interlocked.Increment(ref streams) == 1)
            {
                await FrameWriter.TryWriteAsync(stream, MessageTypes.Piece, "{}"u8.ToArray(), new FrameLimits(), TimeProvider.System, stopping);
                await read.Task.WaitAsync(stopping);
            }

            stream.Reset();
        });

        SellerAnswer broken = await Channel(pair).PayAsync(pair.Address, new PaidRequest { CorrelationId = "p" }, new PieceBuffer(new PieceLimits()), default);
        read.SetResult();
        SellerAnswer gone = await Channel(pair).PayAsync(pair.Address, new PaidRequest { CorrelationId = "p" }, new PieceBuffer(new PieceLimits()), default);

        Assert.Equal((false, false), (broken.IsHeard, gone.IsHeard));
        Assert.Equal((true, false), (broken.BrokePieces, gone.BrokePieces));
    }

    private static X402Request Request(string id) => new() { CorrelationId = id, Resource = "agent" };

    private static PeerSellerChannel Channel(PeerPair pair) => new(pair.Client, s_options, TimeProvider.System);

    private static ValueTask<SellerAnswer> AskAsync(PeerPair pair, string id) => Channel(pair).RequestAsync(pair.Address, Request(id), default);

    private Task<PeerPair> ServeAsync() => ServeAsync(StreamProtocol.Id, server => server.ServeOneAsync);

    private async Task<PeerPair> ServeAsync(string protocol, Func<X402StreamServer, Func<Stream, string, CancellationToken, Task<ConnectionEnd>>> how)
    {
        var serve = how(new X402StreamServer(_desk, new X402ServerOptions(), TimeProvider.System, (_, _) => { }));
        return await PeerPair.StartAsync(protocol, (stream, stopping) => serve(stream, stream.RemotePeer.ToString(), stopping));
    }

    private sealed class Desk : IX402Handler
    {
        public ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken) =>
            new(X402Error.Create(StreamErrorCode.Busy, request.CorrelationId, "asked by " + call.Peer));

        /// <summary>Work whose pieces somebody hears waits here.</summary>
        public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken)
        {
            if (call.Pieces is { } pieces)
            {
                pieces.Add("working");
                await Gate.Task.WaitAsync(cancellationToken);
            }

            return X402Error.Create(StreamErrorCode.Busy, request.CorrelationId, "paid by " + call.Peer);
        }
    }
}
