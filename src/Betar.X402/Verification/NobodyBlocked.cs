using Betar.Ethereum;

namespace Betar.X402.Verification;

internal sealed class NobodyBlocked : IPayerBlockList
{
    internal static readonly NobodyBlocked Instance = new();

    private NobodyBlocked()
    {
    }

    public bool IsBlocked(Address payer) => false;
}
