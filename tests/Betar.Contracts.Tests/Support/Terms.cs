using Betar.Ethereum;

namespace Betar.Contracts.Tests.Support;

/// <summary>What a buyer and a seller agreed on; the contract's own arithmetic of it, done apart.</summary>
internal sealed record Terms(
    Address Buyer, Address Seller, Address Arbiter, UInt256 Amount, ulong Deadline, ulong DisputeWindow, ulong ArbiterWindow, Hash32 Salt)
{
    internal const string Type =
        "Terms(address buyer,address seller,address arbiter,uint256 amount,uint40 deadline,uint32 disputeWindow,uint32 arbiterWindow,bytes32 salt)";

    /// <summary>As an argument. A list, so that it stays one argument among others.</summary>
    internal List<object> Argument =>
        [Buyer, Seller, Arbiter, Amount, (UInt256)Deadline, (UInt256)DisputeWindow, (UInt256)ArbiterWindow, Salt.ToArray()];
}
