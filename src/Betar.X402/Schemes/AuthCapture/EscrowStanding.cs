namespace Betar.X402.Schemes.AuthCapture;

/// <summary>How an escrowed payment stands on its chain.</summary>
public sealed record EscrowStanding(bool IsCollected, AtomicAmount Capturable, AtomicAmount Refundable);
