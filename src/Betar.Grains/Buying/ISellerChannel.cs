using Betar.X402;
using Betar.X402.Protocol;

namespace Betar.Grains.Buying;

/// <summary>The way to a seller: one exchange of frames at a time.</summary>
public interface ISellerChannel
{
    ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken);

    ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken);
}
