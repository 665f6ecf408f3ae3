//! Numbers that look random and are always the same: xorshift64*, of George Marsaglia and Sebastiano
//! Vigna.

/// A source of such numbers.
#[derive(Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// The source that a seed stands for.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        // Neighbouring seeds must not give neighbouring numbers, and the state is never zero.
        let state = (seed ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9) | 1;
        let mut random = Self { state };
        for _ in 0..8 {
            random.next();
        }
        random
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below this one.
    ///
    /// # Panics
    ///
    /// There is none below zero.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("lengths have 64 bits at most");
        let number = self.next() % end;
        usize::try_from(number).expect("it is below a length")
    }

    /// Whether something happens that does so once in so many times.
    pub fn is_one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these.
    ///
    /// # Panics
    ///
    /// There are none.
    pub fn one_of<'t, T>(&mut self, among: &'t [T]) -> &'t T {
        let index = self.below(among.len());
        among.get(index).expect("it is below the length")
    }
}
