namespace Betar.X402.Verification;

/// <summary>Which payment keys are taken already.</summary>
public interface IReservedPayments
{
    bool IsReserved(in PaymentKey key);
}
