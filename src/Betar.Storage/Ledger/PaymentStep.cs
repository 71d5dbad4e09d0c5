namespace Betar.Storage.Ledger;

/// <summary>One arrow of the diagram.</summary>
public readonly record struct PaymentStep(PaymentState From, PaymentEvent Event, PaymentState To);
