using Betar.Grains.Buying;
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

    public int Quotes => Volatile.Read(ref _quotes);

    /// <summary>Every payment that was shown, as bytes.</summary>
    public List<byte[]> Shown { get; } = [];

    public async ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken) =>
        await OnRequest(request, Interlocked.Increment(ref _quotes), cancellationToken);

    public async ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken)
    {
        lock (Shown)
            Shown.Add(MessageCodec.Write(request));
        return await OnPay(request, Interlocked.Increment(ref _payments), cancellationToken);
    }
}
