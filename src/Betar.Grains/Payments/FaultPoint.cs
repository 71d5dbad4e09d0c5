namespace Betar.Grains.Payments;

/// <summary>The places between "reserve" and "response", in their order.</summary>
public static class FaultPoint
{
    public const string BeforeReserve = "before-reserve";
    public const string AfterReserve = "after-reserve";
    public const string AfterBroadcast = "after-broadcast";
    public const string AfterSettled = "after-settled";
    public const string AfterExecute = "after-execute";
    public const string AfterDelivered = "after-delivered";
    public const string AfterRefundOwed = "after-refund-owed";
    public const string AfterRefundBroadcast = "after-refund-broadcast";
    public const string AfterRefunded = "after-refunded";

    public static IReadOnlyList<string> All { get; } =
    [
        BeforeReserve, AfterReserve, AfterBroadcast, AfterSettled, AfterExecute, AfterDelivered,
        AfterRefundOwed, AfterRefundBroadcast, AfterRefunded,
    ];
}
