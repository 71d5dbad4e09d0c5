using Betar.X402.Protocol;

namespace Betar.X402.Tests.Protocol;

public class StreamErrorTests
{
    [Theory]
    [InlineData(1000, "INVALID_MESSAGE", false)]
    [InlineData(1001, "UNKNOWN_RESOURCE", false)]
    [InlineData(2000, "PAYMENT_REQUIRED", true)]
    [InlineData(2001, "PAYMENT_INVALID", false)]
    [InlineData(2002, "PAYMENT_NONCE_MISMATCH", false)]
    [InlineData(2003, "PAYMENT_NONCE_EXPIRED", true)]
    [InlineData(2004, "PAYMENT_NONCE_USED", false)]
    [InlineData(2005, "PAYMENT_AMOUNT_WRONG", false)]
    [InlineData(2006, "UNKNOWN_ERROR", false)]
    [InlineData(2007, "SETTLEMENT_FAILED", true)]
    [InlineData(3000, "EXECUTION_FAILED", false)]
    [InlineData(3001, "BUSY", true)]
    [InlineData(9999, "UNKNOWN_ERROR", false)]
    public void Each_code_has_its_name_and_says_whether_to_ask_again(int code, string name, bool retryable)
    {
        var error = X402Error.Create((StreamErrorCode)code, "c", "m");
        Assert.Equal(code, error.ErrorCode);
        Assert.Equal(name, error.ErrorName);
        Assert.Equal(retryable, error.Retryable);
        Assert.Equal("c", error.CorrelationId);
    }
}
