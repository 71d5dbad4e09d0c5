using System.Runtime.InteropServices;

namespace Betar.Marketplace.Search;

/// <summary>In which slots a term occurs: sorted numbers, so that an element costs four bytes. Most terms are names that occur once: one number needs no array.</summary>
internal sealed class Posting(string term, int number)
{
    private int _only;
    private int[]? _slots;

    public string Term => term;

    public int Number => number;

    public int Count { get; private set; }

    public ReadOnlySpan<int> Slots => _slots is null ? MemoryMarshal.CreateReadOnlySpan(ref _only, Count) : _slots.AsSpan(0, Count);

    public bool Contains(int slot) => Slots.BinarySearch(slot) >= 0;

    public void Add(int slot)
    {
        var at = Slots.BinarySearch(slot);
        if (at >= 0)
            return;
        at = ~at;
        if (_slots is null && Count == 0)
        {
            (_only, Count) = (slot, 1);
            return;
        }

        _slots ??= [_only];
        if (Count == _slots.Length)
            Array.Resize(ref _slots, Count + Math.Max(1, Count / 2));
        _slots.AsSpan(at, Count - at).CopyTo(_slots.AsSpan(at + 1));
        _slots[at] = slot;
        Count++;
    }

    public void Remove(int slot)
    {
        var at = Slots.BinarySearch(slot);
        if (at < 0)
            return;
        Count--;
        _slots?.AsSpan(at + 1, Count - at).CopyTo(_slots.AsSpan(at));
    }
}
