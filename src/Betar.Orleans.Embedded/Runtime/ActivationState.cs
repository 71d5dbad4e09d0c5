namespace Orleans.Runtime;

internal enum ActivationState : byte
{
    Created,
    Activating,
    Valid,
    Deactivating,
    Gone,
}
