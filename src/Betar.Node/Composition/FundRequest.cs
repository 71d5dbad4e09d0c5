using Betar.Ethereum;
using Betar.X402;

namespace Betar.Node.Composition;

/// <summary>Test money for an account.</summary>
internal sealed record FundRequest(Address Account, AtomicAmount Amount);
