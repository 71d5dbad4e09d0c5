using Betar.Ethereum;

namespace Betar.X402.Verification;

/// <summary>Payers that this node does not deal with. Asked for every payment, so it answers from memory.</summary>
public interface IPayerBlockList
{
    bool IsBlocked(Address payer);
}
