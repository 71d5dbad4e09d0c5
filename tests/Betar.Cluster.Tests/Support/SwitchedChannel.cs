using Betar.Grains.Buying;
using Betar.X402.Pieces;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Support;

/// <summary>The way to sellers: the world's own desk until a test writes something else.</summary>
internal sealed class SwitchedChannel : ISellerChannel
{
    private int _quotes;
    private int _payments;

    public Func<X402Request, int, CancellationToken, Task<SellerAnswer>> OnRequest { get; set; } = null!;

    /// <summary>With the number of the payment that is shown, from 1.</summary>
    public Func<PaidRequest, int, CancellationToken, Task<SellerAnswer>> OnPay { get; set; } = null!;

    /// <summary>For buyers that hear pieces; null: as for all others.</summary>
    public Func<PaidRequest, int, IPieceSink, CancellationToken, Task<SellerAnswer>>? OnPayInPieces { get; set; }

    public int Quotes => Volatile.Read(ref _quotes);

    /// <summary>Every payment that was shown, as bytes.</summary>
    public List<byte[]> Shown { get; } = [];

    public async ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken) =>
        await OnRequest(request, Interlocked.Increment(ref _quotes), cancellationToken);

    public async ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken) =>
        await OnPay(request, Show(request), cancellationToken);

    public async ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, IPieceSink pieces, CancellationToken cancellationToken) =>
        await (OnPayInPieces is { } pay ? pay(request, Show(request), pieces, cancellationToken) : OnPay(request, Show(request), cancellationToken));

    private int Show(PaidRequest request)
    {
        lock (Shown)
            Shown.Add(MessageCodec.Write(request));
        return Interlocked.Increment(ref _payments);
    }
}
