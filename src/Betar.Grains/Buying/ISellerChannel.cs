using Betar.X402;
using Betar.X402.Pieces;
using Betar.X402.Protocol;

namespace Betar.Grains.Buying;

/// <summary>The way to a seller: one exchange of frames at a time.</summary>
public interface ISellerChannel
{
    ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, CancellationToken cancellationToken);

    ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, CancellationToken cancellationToken);

    /// <summary>The same, with pieces of the answer where the way and the seller have any; then the answer may take as long as pieces come.</summary>
    ValueTask<SellerAnswer> RequestAsync(string seller, X402Request request, IPieceSink pieces, CancellationToken cancellationToken) =>
        RequestAsync(seller, request, cancellationToken);

    /// <inheritdoc cref="RequestAsync(string, X402Request, IPieceSink, CancellationToken)"/>
    ValueTask<SellerAnswer> PayAsync(string seller, PaidRequest request, IPieceSink pieces, CancellationToken cancellationToken) =>
        PayAsync(seller, request, cancellationToken);
}
