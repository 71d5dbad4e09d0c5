using Betar.Ethereum;

namespace Betar.X402.Schemes;

/// <summary>A payment that its scheme has read into values. Being one says nothing about who signed it.</summary>
public abstract class SchemePayment
{
    /// <summary>What makes it that payment.</summary>
    public abstract PaymentKey Key { get; }

    public abstract Address Payer { get; }

    /// <summary>What the payer authorised at most.</summary>
    public abstract AtomicAmount Amount { get; }

    /// <summary>What is charged, where it may be less than what was authorised; else null.</summary>
    public virtual AtomicAmount? Charged => null;

    /// <summary>The account that alone may bring it onto the chain, where the payer or the seller named one; else null.</summary>
    public virtual Address? Sender => null;

    /// <summary>When it is too late to settle it, in Unix seconds.</summary>
    public abstract ulong ValidBefore { get; }
}
