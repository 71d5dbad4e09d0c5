namespace Betar.Grains.Buying;

/// <summary>Writing state that money depends on.</summary>
internal static class StateWrites
{
    /// <summary>
    /// After a write that failed, memory says something that the store may not: the activation is left, so that the next call
    /// starts from what is stored.
    /// </summary>
    public static async Task WriteOrLeaveAsync<T>(this IPersistentState<T> state, Grain grain)
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
