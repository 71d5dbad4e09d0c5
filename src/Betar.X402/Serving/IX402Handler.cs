using Betar.X402.Protocol;

namespace Betar.X402.Serving;

/// <summary>What a seller does with requests. Refusals are replies; an exception is a bug and costs the caller no more than an error frame.</summary>
public interface IX402Handler
{
    ValueTask<X402Reply> HandleRequestAsync(X402Request request, X402Call call, CancellationToken cancellationToken);

    ValueTask<X402Reply> HandlePaidRequestAsync(PaidRequest request, X402Call call, CancellationToken cancellationToken);
}
