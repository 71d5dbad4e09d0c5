namespace Betar.Node.Http.V1;

/// <summary>Fields that several routes have.</summary>
internal static class V1Fields
{
    public static ApiField AgentId { get; } = new("agentId", FieldKind.Text, "An agent's DID, or the id of its listing.") { IsRequired = true };

    /// <summary>What one piece of work is, and what may be paid for it.</summary>
    public static IReadOnlyList<ApiField> Work { get; } =
    [
        new("task", FieldKind.Text, "What the agent is given to do.") { IsRequired = true },
        new("max", FieldKind.Text, "The most that may be paid, in USDC."),
        new("mandate", FieldKind.Text, "The permission under which it is paid."),
        new("purchaseId", FieldKind.Text, "Names the purchase: the same name is never paid twice. Without one, the Idempotency-Key names it."),
        new("acceptUnverified", FieldKind.Flag, "Buy also from a listing that is not its seller's own word."),
        new("acceptKeep", FieldKind.Flag, "Buy also from a seller that says it keeps the payment when its work fails."),
    ];

    public static IReadOnlyList<ApiField> Page { get; } =
    [
        new("limit", FieldKind.Whole, "Items on a page, 1 to 500; 50 when it is not said."),
        new("cursor", FieldKind.Text, "What \"next\" said on the page before."),
    ];
}
