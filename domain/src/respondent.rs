//! What a respondent may say about themself, and how the response came in. Every field is optional and coarse: none
//! identifies a person alone, and combinations are suppressed when small (see [`crate::suppression`]).

use crate::keyed::keyed;

keyed! {
    /// Sex as the official form asks it.
    Sex {
        /// Laki-laki, male.
        Male = "L",
        /// Perempuan, female.
        Female = "P",
    }
}

keyed! {
    /// Age in bands, from 17 on; younger people are thanked and not recorded.
    AgeBand {
        /// 17 to 24 years.
        From17 = "17-24",
        /// 25 to 34 years.
        From25 = "25-34",
        /// 35 to 44 years.
        From35 = "35-44",
        /// 45 to 54 years.
        From45 = "45-54",
        /// 55 to 64 years.
        From55 = "55-64",
        /// 65 years and more.
        From65 = "65+",
    }
}

/// The key with which a person says to be under 17. Such a response is never recorded (UU 27/2022: children's data).
pub const UNDER_17: &str = "0-16";

keyed! {
    /// Highest completed education. The official form lists SD to S3; the field also needs none and diploma.
    Education {
        /// No schooling.
        None = "tidak_sekolah",
        /// Primary school.
        Sd = "sd",
        /// Junior secondary school.
        Smp = "smp",
        /// Senior secondary school.
        Sma = "sma",
        /// Diploma D1 to D4.
        Diploma = "diploma",
        /// Bachelor.
        S1 = "s1",
        /// Master.
        S2 = "s2",
        /// Doctor.
        S3 = "s3",
    }
}

keyed! {
    /// Occupation.
    Occupation {
        /// Civil servant.
        Pns = "pns",
        /// Armed forces.
        Tni = "tni",
        /// Police.
        Polri = "polri",
        /// Private employee.
        Swasta = "swasta",
        /// Self-employed.
        Wirausaha = "wirausaha",
        /// Pupil or student.
        Pelajar = "pelajar",
        /// Farmer or fisher.
        PetaniNelayan = "petani_nelayan",
        /// Keeps the household.
        RumahTangga = "rumah_tangga",
        /// Something else.
        Lainnya = "lainnya",
    }
}

keyed! {
    /// Whether the respondent lives with a disability; never which one.
    Disability {
        /// Yes.
        Yes = "ya",
        /// No.
        No = "tidak",
    }
}

keyed! {
    /// The four ways an MPP serves (service channels).
    Channel {
        /// At a counter of the MPP.
        Direct = "direct",
        /// Mobile service, the MPP comes to the village.
        Mobile = "mobile",
        /// At a self-service machine.
        SelfService = "self_service",
        /// Electronic service.
        Electronic = "electronic",
    }
}

keyed! {
    /// How the answers were given.
    Mode {
        /// On the respondent's own device.
        Web = "web",
        /// On a tablet of the MPP, by the respondent.
        Kiosk = "kiosk",
        /// An officer reads aloud and taps.
        Assisted = "assisted",
        /// On paper, typed in later by an officer.
        Paper = "paper",
    }
}

/// The optional profile of a respondent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Profile {
    /// Sex.
    pub sex: Option<Sex>,
    /// Age band.
    pub age_band: Option<AgeBand>,
    /// Highest completed education.
    pub education: Option<Education>,
    /// Occupation.
    pub occupation: Option<Occupation>,
    /// Lives with a disability.
    pub disability: Option<Disability>,
}
