using System.Linq.Expressions;

namespace Orleans.Runtime;

/// <summary>Makes requests without reflection on the way of a call.</summary>
internal static class InvokableFactory<TInvokable>
{
    private static readonly Func<TInvokable> Factory = Expression.Lambda<Func<TInvokable>>(Expression.New(typeof(TInvokable))).Compile();

    public static TInvokable Create() => Factory();
}
