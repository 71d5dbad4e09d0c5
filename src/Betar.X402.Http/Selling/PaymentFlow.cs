namespace Betar.X402.Http.Selling;

/// <summary>When the money moves.</summary>
public enum PaymentFlow
{
    /// <summary>Verify, work, settle, answer: a failed handler costs the buyer nothing. The answer waits for the chain.</summary>
    Authorization,

    /// <summary>Verify, settle, work: for long or irrevocable work; a failed handler leaves a debt.</summary>
    Upfront,
}
