using Betar.Ethereum;
using Betar.X402.Selling;

namespace Betar.Storage.PaidRequests;

/// <summary>A paid request as it is on disk.</summary>
/// <param name="Answer">Null while it is open.</param>
internal sealed record PaidRequestRow(Hash32 Fingerprint, PaidRequestState State, StoredAnswer? Answer);
