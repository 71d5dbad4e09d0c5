namespace Betar.Storage.Holding;

/// <summary>Somebody in this process who is asking the disk about a payment, or works for it.</summary>
internal abstract class Holder
{
    /// <summary>Whether the payment is its own, as soon as that is on disk.</summary>
    public TaskCompletionSource<bool> Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
