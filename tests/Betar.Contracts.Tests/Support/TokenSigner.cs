using Betar.Ethereum;
using Betar.X402.Eip712;

namespace Betar.Contracts.Tests.Support;

/// <summary>Signs what holders of the token sign.</summary>
internal sealed class TokenSigner(Address token)
{
    private const string Members = "(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)";

    internal const ulong Never = 4_000_000_000;

    internal Eip712Domain Domain { get; } = new("USDC", "2", Anvil.ChainId, token);

    internal byte[] Transfer(Account signer, Address from, Address to, UInt256 value, Hash32 nonce, ulong validAfter = 0, ulong validBefore = Never) =>
        signer.Sign(Authorization("TransferWithAuthorization", from, to, value, nonce, validAfter, validBefore));

    internal byte[] Receive(Account signer, Address from, Address to, UInt256 value, Hash32 nonce, ulong validAfter = 0, ulong validBefore = Never) =>
        signer.Sign(Authorization("ReceiveWithAuthorization", from, to, value, nonce, validAfter, validBefore));

    internal byte[] Cancel(Account signer, Address authorizer, Hash32 nonce) =>
        signer.Sign(TypedData.Digest(Domain, "CancelAuthorization(address authorizer,bytes32 nonce)", authorizer, nonce.ToArray()));

    internal byte[] Permit(Account signer, Address owner, Address spender, UInt256 value, UInt256 nonce, UInt256 deadline) => signer.Sign(TypedData.Digest(
        Domain, "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)", owner, spender, value, nonce, deadline));

    private Hash32 Authorization(string type, Address from, Address to, UInt256 value, Hash32 nonce, ulong validAfter, ulong validBefore) =>
        TypedData.Digest(Domain, type + Members, from, to, value, (UInt256)validAfter, (UInt256)validBefore, nonce.ToArray());
}
