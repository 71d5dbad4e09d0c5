using Betar.Grains.Settlement;

namespace Betar.Grains.Tests.Settlement;

public sealed class RevertReasonsTests
{
    [Theory]
    [InlineData("FiatTokenV2: authorization is used or canceled", "invalid_exact_evm_nonce_already_used")]
    [InlineData("FiatTokenV2: authorization is expired", "invalid_exact_evm_payload_authorization_valid_before")]
    [InlineData("FiatTokenV2: authorization is not yet valid", "invalid_exact_evm_payload_authorization_valid_after")]
    [InlineData("ERC20: transfer amount exceeds balance", "invalid_exact_evm_insufficient_balance")]
    [InlineData("FiatTokenV2: invalid signature", "invalid_exact_evm_signature")]
    [InlineData("ECRecover: invalid signature 's' value", "invalid_exact_evm_signature")]
    [InlineData("anything else", "invalid_exact_evm_transaction_failed")]
    [InlineData("", "invalid_exact_evm_transaction_failed")]
    [InlineData(null, "invalid_exact_evm_transaction_failed")]
    public void What_the_token_says_has_its_reason(string? revert, string reason) => Assert.Equal(reason, RevertReasons.Of(revert));
}
