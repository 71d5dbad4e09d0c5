namespace Betar.X402.Protocol;

/// <summary>The type strings in frame headers.</summary>
public static class MessageTypes
{
    public const string Request = "x402.request";
    public const string PaymentRequired = "x402.payment_required";
    public const string PaidRequest = "x402.paid_request";
    public const string Response = "x402.response";
    public const string Error = "x402.error";

    /// <summary>Ours: only on streams of <see cref="StreamProtocol.PiecesId"/>.</summary>
    public const string Piece = "x402.piece";
}
